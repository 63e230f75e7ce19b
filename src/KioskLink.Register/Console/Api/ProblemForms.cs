using System.Text.RegularExpressions;

namespace KioskLink.Register.Console.Api;

/// <summary>The forms of the register's sentences about fields, each with the key of the text that says it. Pure.</summary>
internal static class ProblemForms
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(100);

    // The key, and the sentence's beginning; groups fill the text's places. The first that fits is taken: the particular before the general.
    private static readonly (string Key, Regex Form)[] All =
    [
        .. new (string Key, string Form)[]
        {
            ("answersFor", @"is missing: a patron under (\d+)"),
            ("decisionRef", "is missing: a use ban is an office-holder's decision"),
            ("decisionSpent", @"has banned from this library before: one decision bans for at most (\d+) days"),
            ("banReason", "is no reason for this kind of ban"),
            ("plannedEnd", "is missing: a planned break has an estimated end"),
            ("newBadgeCard", "is missing: a new badge needs the number"),
            ("missing", "is missing|is empty: say what|is empty: name what|is empty: give the periods"),
            ("long", @"is longer than (\d+) characters"),
            ("date", "is no date|is no time"),
            ("end", "must lie after the start|must lie after from_time\\.?$"),
            ("endMax", @"must lie at most (\d+) days after the start"),
            ("oneLibrary", "is empty: a use ban is for a library"),
            ("fewerLibraries", @"names \d+ libraries: one use ban is for at most (\d+)"),
            ("noAccount", "is no account "),
            ("nobody", "is nobody's number|must be a patron's customer id"),
            ("oneOfTwo", "is for a person who is no patron"),
            ("control", "holds control characters"),
            ("born", "is no possible date of birth"),
            ("otherBirth", "tells another date of birth"),
            ("beforeBirth", "lies before the patron's birth"),
            ("beforeWithdrawal", "lies before the withdrawal"),
            ("inverted", "lies before valid_from"),
            ("planned", "lies in the future: what is to come is a planned break"),
            ("future", "lies in the future"),
            ("ahead", @"lies more than (\d+) days ahead"),
            ("withinYear", "must lie within the last year"),
            ("group", "is unknown: use one of|is for patrons of a home-service group"),
            ("notKept", "is not recorded by this consortium|is not in use here"),
            ("identityCode", "is no valid identity code"),
            ("cardNumber", "is no card number of this consortium"),
            ("email", "is no e-mail address"),
            ("phone", "holds what is no telephone number"),
            ("phones", @"are more than (\d+): leave some out"),
            ("postalCode", "is no Finnish postal code"),
            ("country", "is no country"),
            ("channelEmail", "is Email, but there is no e-mail address"),
            ("channelSms", "is Sms, but there is no telephone number"),
            ("channelNone", "must not be None for overdue"),
            ("ownNumber", "is the patron's own number"),
            ("adult", @"(?:is the number|is that) of somebody under (\d+)"),
            ("giver", "or `giver_person_id` names nobody"),
            ("overlap", "falls within another"),
            ("tooManyClosures", @"would be more than (\d+) "),
            ("announce", "lies after the start: a break is announced"),
            ("openEnd", "is given: nobody knows when"),
            ("noBranch", "is no branch|names a branch that is not there|must name one or more branches that are there"),
            ("pinDigits", "must be digits only"),
            ("pinLength", @"must have (\d+) to (\d+) digits|is longer than \d+ digits"),
            ("pinCommon", "is one of those tried first"),
            ("pinBirth", "is the patron's date of birth"),
            ("pinCard", "is the end of the card number"),
            ("passwordLength", @"must have (\d+) to (\d+) (?:characters|bytes)"),
            ("passwordWeak", "is too weak"),
            ("userName", "must be 3 to 32 lower-case letters"),
            ("noRole", "is empty: give at least one role"),
            ("robotRole", "names a robot together with|would make a person of a robot"),
            ("personName", "must be a first name and a surname"),
            ("ownGrant", "gives the right to itself"),
            ("viewingTime", "must lie between the start of the session and now"),
            ("matterTime", "must lie before the viewing"),
            ("outsider", "is false although an outsider is named"),
            ("logColumns", "has no column ([^:]+)"),
            ("logLine", @"line (\d+)"),
            ("who", "tells who the person is"),
            ("twice", "names .+ twice|is named twice|is given twice|stands there twice|is given more than once"),
            ("shortName", @"has fewer than (\d+) letters"),
            ("clock", "must be a time from"),
            ("identifiers", "holds [^:]+: leave (?:it )?out"),
            ("span", @"must lie (?:on or )?after `?from(?:_time)?`?, by at most (\d+) days"),
            ("wholeFrom", "must be a Monday or the first day of a month"),
            ("wholeTo", "must be the Sunday of a week"),
            ("id", "must be letters, digits and"),
            ("terms", "is not the version in force"),
            ("choice", "must be one of|must be [A-Z]|must be fi, sv|must name (?:some of|services)"),
        }.Select(one => (one.Key, new Regex($"^(?:{one.Form})", RegexOptions.CultureInvariant, Patience))),
    ];

    /// <summary>The text that says a sentence, and what fills its places; null where there is none.</summary>
    public static (string Key, object[] Values)? Find(string sentence)
    {
        foreach (var (key, form) in All)
        {
            if (form.Match(sentence) is { Success: true } match) return (key, [.. match.Groups.Values.Skip(1).Select(group => (object)group.Value)]);
        }

        return null;
    }
}
