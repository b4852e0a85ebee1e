/** What an operator can set, as validated types. */
@NullMarked
package io.celonamdm.settings;

import org.jspecify.annotations.NullMarked;
