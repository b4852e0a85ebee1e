/** What can be set of an MDM: its access, what is read of it, and how devices get their eSIMs. */
@NullMarked
package io.celonamdm.settings.mdm;

import org.jspecify.annotations.NullMarked;
