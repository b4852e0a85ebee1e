/** A device as its MDM shows it, and what every platform hands over and is asked for. */
@NullMarked
package io.celonamdm.device;

import org.jspecify.annotations.NullMarked;
