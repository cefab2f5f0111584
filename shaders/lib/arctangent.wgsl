// Angles by an own polynomial, relative error 1e-7: built-in atan2, asin and acos may err by 7e-5.

// Coefficients interpolate arctan z / z at Chebyshev nodes in z² up to z = tan π/8.
fn arctangent(z: f32) -> f32 {
  let q = z * z;
  let inner =
    -0.333327969352 + q * (0.199744047859 + q * (-0.138514784267 + q * 0.0798496291097));
  return z + z * q * inner;
}

const TAN_EIGHTH = 0.41421356237;
const PI = 3.14159265358979;

// The angle of (x, y), y first as in atan2; 0 at the origin.
fn angleOf(y: f32, x: f32) -> f32 {
  let small = min(abs(x), abs(y));
  let large = max(abs(x), abs(y));
  if (large == 0.0) {
    return 0.0;
  }
  let z = small / large;
  // arctan z = π/4 + arctan((z − 1)/(z + 1))
  var angle = select(arctangent(z), 0.25 * PI + arctangent((z - 1.0) / (z + 1.0)), z > TAN_EIGHTH);
  angle = select(angle, 0.5 * PI - angle, abs(y) > abs(x));
  angle = select(angle, PI - angle, x < 0.0);
  return select(angle, -angle, y < 0.0);
}
