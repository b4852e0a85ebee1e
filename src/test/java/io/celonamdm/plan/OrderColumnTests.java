package io.celonamdm.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.celonamdm.device.MdmDevice;
import io.celonamdm.esim.Eid;
import io.celonamdm.esim.SmdpAddress;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The columns of orders by their templates. */
class OrderColumnTests {
    private static final SmdpAddress ADDRESS = new SmdpAddress("rsp.example.com");
    private static final Eid EID = Eid.of("89049032123451234512345678901235");
    private static final MdmDevice DEVICE = MdmDevice.builder("7")
            .managementId("7")
            .name("Ann's phone")
            .serialNumber("C02XK1ZZJG5J")
            .eid(EID.value())
            .imei("358823340832230")
            .attributes(Map.of("Site", "Basel"))
            .build();

    @ParameterizedTest
    @CsvSource({
        "Activation code={activation-code}, Activation code, LPA:1$rsp.example.com$",
        "Address={smdp-address}, Address, https://rsp.example.com",
        "SM-DP+ host={smdp-host}, SM-DP+ host, rsp.example.com",
        "IMEI={imei}, IMEI, 358823340832230",
        "EID={eid}, EID, 89049032123451234512345678901235",
        "' Who = {name} at {attribute:Site:upper} ', Who, ' Ann''s phone at BASEL '",
        "Key={smdp-host:upper}={serial:last4}, Key, RSP.EXAMPLE.COM=JG5J",
        "User={user|serial}, User, C02XK1ZZJG5J",
        "User={user}, User, ''",
        "Slot=1, Slot, 1",
        "Nothing=, Nothing, ''"
    })
    void aColumnHasAHeaderAndATemplate(String written, String header, String cell) {
        OrderColumn column = new OrderColumn(written, ADDRESS);

        assertThat(OrderColumn.problems(written)).isEmpty();
        assertThat(column.header()).isEqualTo(header);
        assertThat(column.of(DEVICE, EID)).isEqualTo(cell);
    }

    @ParameterizedTest
    @CsvSource({
        "IMEI={imie}, has no placeholder {imie}; there are {activation-code}",
        "IMEI={imei:lst4}, has no function",
        "IMEI={imei, has a brace without its counterpart",
        "={imei}, has no header",
        "' ={imei}', has no header",
        "{imei}, has no header",
        "IMEI, has no header",
        "'', has no header"
    })
    void whatIsWrongIsSaid(String written, String problem) {
        assertThat(OrderColumn.problems(written)).singleElement().asString().startsWith(problem);
        assertThatThrownBy(() -> new OrderColumn(written, ADDRESS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(problem);
    }

    @Test
    void aDeviceNameHasNoneOfIts() {
        assertThat(DeviceName.problems("{activation-code}")).isNotEmpty();
    }
}
