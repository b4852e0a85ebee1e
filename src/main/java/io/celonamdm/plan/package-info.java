/** Rules from settings to a plan: names, groups, guards; no framework. */
@NullMarked
package io.celonamdm.plan;

import org.jspecify.annotations.NullMarked;
