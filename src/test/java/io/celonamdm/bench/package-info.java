/** Measures the speed and the memory of the connector against baselines; see docs/performance.md. */
@NullMarked
package io.celonamdm.bench;

import org.jspecify.annotations.NullMarked;
