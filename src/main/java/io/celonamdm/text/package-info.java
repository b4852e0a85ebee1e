/** Makes texts from outside safe to show: without secrets and without control characters. */
@NullMarked
package io.celonamdm.text;

import org.jspecify.annotations.NullMarked;
