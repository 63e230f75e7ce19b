using System.Text.RegularExpressions;
using Grpc.Core;

namespace KioskLink.Register.Console.Api;

/// <summary>Why the register did not do what was asked.</summary>
/// <param name="Code">The canonical code.</param>
/// <param name="Reason">The reason word; empty where there is none.</param>
/// <param name="Field">The path of the field that is wrong; empty where none is named.</param>
/// <param name="Sentence">What is wrong and how to mend it, in English, without the field.</param>
internal sealed partial record ApiProblem(StatusCode Code, string Reason, string Field, string Sentence)
{
    /// <summary>Reads a failed call.</summary>
    public static ApiProblem Of(RpcException failure)
    {
        var detail = failure.Status.Detail;
        var reason = ReasonWord().Match(detail);
        var sentence = detail[reason.Length..];
        var field = FieldName().Match(sentence);
        return new ApiProblem(
            failure.StatusCode,
            reason.Groups["reason"].Value,
            field.Groups["field"].Value,
            field is { Success: true, Index: 0 } ? sentence[field.Length..].TrimStart() : sentence);
    }

    /// <summary>Whether the problem is about the form's field of this name: the last part of the path, indexes apart.</summary>
    public bool IsAbout(string name) => Field.Length > 0 && (Field == name || Field.EndsWith("." + name, StringComparison.Ordinal));

    [GeneratedRegex("^(?<reason>[A-Z][A-Z0-9_]*): ")]
    private static partial Regex ReasonWord();

    // Named in backquotes, or as the first word of the sentence.
    [GeneratedRegex("`(?<field>[^`]+)`|^(?<field>[a-z][a-z_]*) (?=must |is )")]
    private static partial Regex FieldName();
}
