/** The rules of planning: names, groups, guards; independent of any framework. */
@NullMarked
package io.celonamdm.plan;

import org.jspecify.annotations.NullMarked;
