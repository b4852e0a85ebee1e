/** Microsoft Graph and Entra for a tenant with Intune, as far as eSIMs need them. */
@NullMarked
package io.celonamdm.simulator.intune;

import org.jspecify.annotations.NullMarked;
