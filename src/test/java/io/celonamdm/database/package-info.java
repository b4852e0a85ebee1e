/** The databases that tests run on. */
@NullMarked
package io.celonamdm.database;

import org.jspecify.annotations.NullMarked;
