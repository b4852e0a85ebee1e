/** Celona's eSIM and activation endpoints as its two documents describe them. */
@NullMarked
package io.celonamdm.simulator.celona;

import org.jspecify.annotations.NullMarked;
