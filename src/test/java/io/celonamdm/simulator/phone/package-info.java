/** The phones themselves: what they are, and how they answer the refresh command. */
@NullMarked
package io.celonamdm.simulator.phone;

import org.jspecify.annotations.NullMarked;
