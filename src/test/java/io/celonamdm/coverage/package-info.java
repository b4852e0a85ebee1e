/** Which steps of the shipped routes were run by some test. */
@NullMarked
package io.celonamdm.coverage;

import org.jspecify.annotations.NullMarked;
