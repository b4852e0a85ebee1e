package io.celonamdm.esim;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Words that inventories and spreadsheets show in place of a missing value. */
public final class Placeholder {
    /** A spreadsheet's error value, in any language: {@code #N/A}, {@code #WERT!}. */
    private static final Pattern ERROR = Pattern.compile("#\\S{1,12}[!?]|#n/?[avd]", Pattern.CASE_INSENSITIVE);

    private static final Pattern FILLED = Pattern.compile("([xX?_.*-])\\1+");
    private static final String MYSQL_NULL = "\\N";

    private static final Set<String> WORDS = Stream.of(
                    // English, and programs
                    "na,nan,nil,nul,null,none,nothing,not available,not applicable,not specified,not set,not reported",
                    "not found,not provided,not present,not supported,not assigned,not avail,not defined,not known",
                    "not recorded,not entered,not detected,not activated,unavailable,unknown,unspecified,undefined",
                    "unassigned,unset,unreported,empty,missing,void,tbd,tba,tbc,to be determined,no data,no value",
                    "no eid,no esim,no euicc,no serial,no serial number,no imei,no iccid,no sim,no sim card,db null",
                    "not initialized,nothing to show,no info,no information,unidentified,nonexistent,does not apply",
                    // German
                    "keine,keiner,kein,keins,unbekannt,nicht verfügbar,nicht verfuegbar,nicht vorhanden,nicht angegeben",
                    "nicht zutreffend,nicht bekannt,nicht gesetzt,entfällt,leer,fehlt,k.a.,n.v.,keine angabe,keine daten",
                    // French
                    "aucun,aucune,inconnu,inconnue,non disponible,indisponible,non renseigné,non renseigne,non applicable",
                    "sans objet,néant,neant,vide,n.d.,n.c.,non défini,non defini,non spécifié,non specifie",
                    // Spanish, Portuguese, Italian, Catalan, Romanian
                    "ninguno,ninguna,desconocido,desconocida,no disponible,no aplica,no aplicable,no especificado",
                    "sin datos,sin especificar,sin valor,vacío,vacio,nulo,nenhum,nenhuma,desconhecido,desconhecida",
                    "não disponível,nao disponivel,indisponível,indisponivel,não aplicável,nao aplicavel,sem dados,vazio",
                    "não informado,nao informado,não especificado,nessuno,nessuna,sconosciuto,sconosciuta,non disponibile",
                    "non applicabile,non specificato,vuoto,nullo,desconegut,necunoscut,niciunul,niciuna,indisponibil",
                    // Dutch, Swedish, Norwegian, Danish, Finnish, Icelandic
                    "geen,onbekend,niet beschikbaar,niet van toepassing,n.v.t.,leeg,okänd,okänt,ingen,inget,saknas",
                    "ej tillgänglig,inte tillgänglig,ej tillämpligt,ukjent,ukendt,ikke tilgjengelig,ikke tilgængelig,mangler",
                    "ikke angitt,tuntematon,ei mitään,ei saatavilla,ei ole,puuttuu,tyhjä,óþekkt",
                    // Polish, Czech, Slovak, Hungarian, the Balkans, the Baltics, Turkish, Greek
                    "brak,nieznany,nieznana,nieznane,niedostępny,niedostępne,nie dotyczy,brak danych,neznámý,neznámé,neznámá",
                    "žádný,žádné,není,není k dispozici,nedostupné,neuvedeno,neznámy,žiadny,nincs,ismeretlen,nem elérhető",
                    "nepoznat,nepoznato,ništa,neznano,непознато,няма,неизвестен,nežinoma,nėra,nezināms,tundmatu",
                    "puudub,yok,bilinmiyor,bilinmeyen,mevcut değil,boş,άγνωστο,άγνωστος,κανένα,μη διαθέσιμο",
                    // Russian, Ukrainian
                    "нет,неизвестно,неизвестный,недоступно,отсутствует,пусто,нет данных,н/д,невідомо,немає,недоступний",
                    // Japanese, Chinese, Korean
                    "なし,無し,不明,未設定,該当なし,該当無し,利用不可,未登録,データなし,无,無,未知,不可用,不适用,不適用,没有,沒有,空,暂无,未提供",
                    "不详,不詳,无数据,없음,알 수 없음,해당 없음,미상,사용할 수 없음,데이터 없음",
                    // Arabic, Hebrew, Hindi, Thai, Vietnamese, Indonesian
                    "غير معروف,لا يوجد,غير متوفر,غير متاح,לא ידוע,אין נתונים,לא זמין,אין,अज्ञात,उपलब्ध नहीं,ไม่มี,ไม่ทราบ",
                    "không có,không rõ,không biết,tidak ada,tidak diketahui,tidak tersedia,kosong,tiada")
            .flatMap(list -> Stream.of(list.split(",", -1)))
            .map(Placeholder::letters)
            .collect(Collectors.toUnmodifiableSet());

    private Placeholder() {}

    /** Whether a text is a placeholder: blank, only punctuation, or such a word in any case and brackets. */
    public static boolean isNothing(String text) {
        String plain = text.strip();
        if (plain.chars().anyMatch(c -> c >= '0' && c <= '9') && plain.charAt(0) != '#') {
            return false;
        }
        if (plain.isEmpty() || plain.equals(MYSQL_NULL) || ERROR.matcher(plain).matches()) {
            return true;
        }
        String letters = letters(plain);
        return letters.isEmpty()
                || WORDS.contains(letters)
                || FILLED.matcher(letters).matches();
    }

    /** The text, empty if it is a placeholder. */
    public static String orEmpty(String text) {
        return isNothing(text) ? "" : text;
    }

    /** Whether a number of an eSIM, a card or a radio is a placeholder: such a word, or one repeated digit. */
    public static boolean isNoNumber(String text) {
        if (Digits.areDigits(text, 1, text.length())) {
            return Digits.isOneDigit(text);
        }
        return isNothing(text) || Digits.isOneDigit(Digits.compact(text));
    }

    private static String letters(String text) {
        return Digits.narrow(text)
                .codePoints()
                .filter(Character::isLetterOrDigit)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString()
                .toLowerCase(Locale.ROOT);
    }
}
