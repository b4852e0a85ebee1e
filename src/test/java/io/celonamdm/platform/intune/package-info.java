@NullMarked
package io.celonamdm.platform.intune;

import org.jspecify.annotations.NullMarked;
