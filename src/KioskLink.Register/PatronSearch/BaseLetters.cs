using System.Collections.Frozen;

namespace KioskLink.Register.PatronSearch;

/// <summary>
/// Latin letters without their marks. The register runs without the tables of cultures, and so without Unicode's decompositions.
/// </summary>
internal static class BaseLetters
{
    private static readonly (char Base, string Marked)[] Letters =
    [
        ('a', "àáâãäåāăąǎǟǡǻȁȃȧḁạảấầẩẫậắằẳẵặ"),
        ('b', "ƀƃḃḅḇ"),
        ('c', "çćĉċčƈḉ"),
        ('d', "ðďđḋḍḏḑḓ"),
        ('e', "èéêëēĕėęěȅȇȩḕḗḙḛḝẹẻẽếềểễệ"),
        ('f', "ƒḟ"),
        ('g', "ĝğġģǥǧǵḡ"),
        ('h', "ĥħȟḣḥḧḩḫẖ"),
        ('i', "ìíîïĩīĭįıǐȉȋḭḯỉị"),
        ('j', "ĵǰ"),
        ('k', "ķĸƙǩḱḳḵ"),
        ('l', "ĺļľłḷḹḻḽ"),
        ('m', "ḿṁṃ"),
        ('n', "ñńņňŋǹṅṇṉṋ"),
        ('o', "òóôõöøōŏőơǒǫǭȍȏȫȭȯȱṍṏṑṓọỏốồổỗộớờởỡợ"),
        ('p', "ƥṕṗ"),
        ('r', "ŕŗřȑȓṙṛṝṟ"),
        ('s', "śŝşšſșṡṣṥṧṩẛ"),
        ('t', "ţťŧƭțṫṭṯṱẗ"),
        ('u', "ùúûüũūŭůűųưǔǖǘǚǜȕȗṳṵṷṹṻụủứừửữự"),
        ('v', "ṽṿ"),
        ('w', "ŵẁẃẅẇẉẘ"),
        ('x', "ẋẍ"),
        ('y', "ýÿŷƴȳẏẙỳỵỷỹ"),
        ('z', "źżžẑẓẕ"),
    ];

    private static readonly FrozenDictionary<char, string> Bases = Letters
        .SelectMany(letter => letter.Marked, (letter, marked) => KeyValuePair.Create(marked, letter.Base.ToString()))
        .Concat([new('æ', "ae"), new('œ', "oe"), new('ß', "ss"), new('þ', "th"), new('ĳ', "ij")])
        .ToFrozenDictionary();

    /// <summary>A small letter without its mark, as one or two letters; null for one that has none.</summary>
    public static string? Of(char letter) => letter < 128 ? null : Bases.GetValueOrDefault(letter);
}
