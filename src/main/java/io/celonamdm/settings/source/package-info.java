/** Reads the settings from files, the environment and arguments, at the start and while the connector runs. */
@NullMarked
package io.celonamdm.settings.source;

import org.jspecify.annotations.NullMarked;
