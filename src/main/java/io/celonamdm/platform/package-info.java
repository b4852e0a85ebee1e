/** The contract between the connector and an MDM platform. */
@NullMarked
package io.celonamdm.platform;

import org.jspecify.annotations.NullMarked;
