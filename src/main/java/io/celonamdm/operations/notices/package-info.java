/** Tells people what happens, by the channels that the settings name. */
@NullMarked
package io.celonamdm.operations.notices;

import org.jspecify.annotations.NullMarked;
