/** Time that a test owns. */
@NullMarked
package io.celonamdm.clock;

import org.jspecify.annotations.NullMarked;
