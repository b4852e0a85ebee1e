/** The value types of the eSIM domain; they reject invalid input and depend on no framework. */
@NullMarked
package io.celonamdm.esim;

import org.jspecify.annotations.NullMarked;
