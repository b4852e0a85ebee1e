/** Configuration profiles for Apple devices, whatever MDM carries them. */
@NullMarked
package io.celonamdm.platform.apple;

import org.jspecify.annotations.NullMarked;
