/** The Celona MDM connector; one package per feature below this one. */
@NullMarked
package io.celonamdm;

import org.jspecify.annotations.NullMarked;
