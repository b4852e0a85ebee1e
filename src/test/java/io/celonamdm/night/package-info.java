/** Whole nights: the connector as it ships, run against the simulators. */
@NullMarked
package io.celonamdm.night;

import org.jspecify.annotations.NullMarked;
