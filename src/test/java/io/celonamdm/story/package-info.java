/** Seeded nights: small random worlds in virtual time, in which the connector must keep its word. */
@NullMarked
package io.celonamdm.story;

import org.jspecify.annotations.NullMarked;
