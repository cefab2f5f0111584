/** The part of uPlot's style sheet that a chart without its legend, title and selection needs. */
import { css } from 'lit';

export const uplotCss = css`
  .uplot * {
    box-sizing: border-box;
  }
  .u-wrap {
    position: relative;
    user-select: none;
  }
  .u-over,
  .u-under,
  .u-axis {
    position: absolute;
  }
  .uplot canvas {
    display: block;
    position: relative;
    width: 100%;
    height: 100%;
  }
  .u-select,
  .u-off {
    display: none;
  }
  .u-cursor-x,
  .u-cursor-pt {
    position: absolute;
    top: 0;
    left: 0;
    pointer-events: none;
    will-change: transform;
  }
  .u-cursor-x {
    height: 100%;
    border-right: 1px solid var(--muted, #777);
  }
  .u-cursor-pt {
    border-radius: 50%;
  }
`;
