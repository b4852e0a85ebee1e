/** Actions on a sync, a device, a dead letter or a doubt, whichever way the request came. */
@NullMarked
package io.celonamdm.control;

import org.jspecify.annotations.NullMarked;
