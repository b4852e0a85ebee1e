/** What is wrong with the settings as they are written, all of it in one report. */
@NullMarked
package io.celonamdm.settings.check;

import org.jspecify.annotations.NullMarked;
