/** Apple Business Manager: devices and their EIDs before they are enrolled, whatever their MDM. */
@NullMarked
package io.celonamdm.platform.applebusiness;

import org.jspecify.annotations.NullMarked;
