/** What an MDM platform provides and is given. */
@NullMarked
package io.celonamdm.platform;

import org.jspecify.annotations.NullMarked;
