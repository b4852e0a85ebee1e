/** The chart: rendered by the real Helm, read with typed models, and started as it says. */
@NullMarked
package io.celonamdm.helm;

import org.jspecify.annotations.NullMarked;
