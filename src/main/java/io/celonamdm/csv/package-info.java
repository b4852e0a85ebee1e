/** CSV as people and programs leave it. */
@NullMarked
package io.celonamdm.csv;

import org.jspecify.annotations.NullMarked;
