/** Configuration profiles in Intune: found by a sync's mark, written when they differ, assigned beside others. */
@NullMarked
package io.celonamdm.platform.intune.configuration;

import org.jspecify.annotations.NullMarked;
