/** Notifies people through the channels in the settings. */
@NullMarked
package io.celonamdm.operations.notices;

import org.jspecify.annotations.NullMarked;
