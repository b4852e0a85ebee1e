/** Texts from outside, made fit to be shown: without secrets, and without what a terminal or a reader would obey. */
@NullMarked
package io.celonamdm.text;

import org.jspecify.annotations.NullMarked;
