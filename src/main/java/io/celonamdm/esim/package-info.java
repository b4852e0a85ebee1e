/** The values of the eSIM world; they refuse bad input and know no framework. */
@NullMarked
package io.celonamdm.esim;

import org.jspecify.annotations.NullMarked;
