// Error function 2/√π ∫₀ˣ exp(−y²) dy, absolute error 1e-7; its twin is src/math/erf.ts.

fn erf(x: f32) -> f32 {
  let size = abs(x);
  if (size > 4.2) {
    return sign(x);
  }
  // Interpolation at Chebyshev nodes: erf x / x in x² up to 1, exp(x²)(1 − erf x) in u = 1/(1 + x/2) beyond.
  if (size <= 1.0) {
    let q = x * x;
    let tail = 0.00518931194262 + q * (-0.000801885499197 + q * 7.88249710667e-05);
    return x * (1.12837916588 + q * (-0.376126269036 + q * (0.112835974635 + q * (-0.026854328796 + q * tail))));
  }
  let u = 1.0 / (1.0 + 0.5 * size);
  let tail = 0.386657751573 + u * (-0.0437671780668 - u * 0.0579633643623);
  let scaled = 0.00053875057864 + u * (0.27445546612 + u * (0.326571720318 + u * (0.112748453757 + u * tail)));
  return sign(x) * (1.0 - exp(-x * x) * scaled);
}
