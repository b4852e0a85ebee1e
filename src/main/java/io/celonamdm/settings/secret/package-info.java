/** Settings whose values never appear in a text. */
@NullMarked
package io.celonamdm.settings.secret;

import org.jspecify.annotations.NullMarked;
