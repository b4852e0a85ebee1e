/** Admits devices by rules: newcomers, scope, drift, pool forecasts, previews. */
@NullMarked
package io.celonamdm.planning;

import org.jspecify.annotations.NullMarked;
