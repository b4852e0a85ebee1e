/** Microsoft Intune, through Microsoft Graph. */
@NullMarked
package io.celonamdm.platform.intune;

import org.jspecify.annotations.NullMarked;
