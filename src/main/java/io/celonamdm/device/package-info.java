/** The contract of a platform: devices of its MDM, inventory pages, push orders and outcomes. */
@NullMarked
package io.celonamdm.device;

import org.jspecify.annotations.NullMarked;
