/** Checks the settings as written and reports every problem at once. */
@NullMarked
package io.celonamdm.settings.check;

import org.jspecify.annotations.NullMarked;
