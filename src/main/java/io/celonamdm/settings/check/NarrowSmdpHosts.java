package io.celonamdm.settings.check;

import io.celonamdm.settings.SyncSettings;
import java.util.List;
import org.apache.hc.client5.http.psl.PublicSuffixMatcher;
import org.apache.hc.client5.http.psl.PublicSuffixMatcherLoader;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/** No pattern sends devices to a server below a domain under which anybody can have one, such as {@code *.com}. */
final class NarrowSmdpHosts implements SyncRule {
    private static final PublicSuffixMatcher SUFFIXES = PublicSuffixMatcherLoader.getDefault();

    @Override
    public void check(ConfigurationPropertyName at, SyncSettings sync, Problems problems) {
        List<String> hosts = sync.celona().smdpHosts();
        for (int i = 0; i < hosts.size(); i++) {
            String host = String.valueOf(hosts.get(i));
            if (host.startsWith("*.") && isOpenToAnybody(host.substring(2))) {
                problems.add(
                        at.append("celona.smdp-hosts[" + i + "]"),
                        "would let devices be sent to anybody's host; name the domain of the SM-DP+ server, such as"
                                + " *.go-esim.com");
            }
        }
    }

    private static boolean isOpenToAnybody(String domain) {
        return !domain.contains(".") || SUFFIXES.getDomainRoot(domain) == null;
    }
}
