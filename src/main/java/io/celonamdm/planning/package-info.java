/** Who is admitted and under which rules: newcomers, scope, drift, forecasts of the pool, previews. */
@NullMarked
package io.celonamdm.planning;

import org.jspecify.annotations.NullMarked;
