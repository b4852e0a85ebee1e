/** The platforms: Jamf Pro, Intune and CSV files, and the QR codes that stand in for a push. */
@NullMarked
package io.celonamdm.platform;

import org.jspecify.annotations.NullMarked;
