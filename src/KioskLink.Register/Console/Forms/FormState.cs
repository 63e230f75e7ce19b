using KioskLink.Register.Console.Api;
using KioskLink.Register.Console.Texts;
using Microsoft.Extensions.Primitives;

namespace KioskLink.Register.Console.Forms;

/// <summary>One form of a page: what was typed into it, and what the register found wrong. What was typed is kept.</summary>
public sealed class FormState
{
    /// <summary>The hidden field by which Razor finds the form's handler.</summary>
    private const string Handler = "_handler";

    private readonly Dictionary<string, StringValues> _values;
    private readonly Dictionary<string, (string Text, string Language)> _problems = new(StringComparer.Ordinal);

    /// <summary>A form with its first values; where it was posted, with what was typed.</summary>
    /// <param name="name">The form's name on its page.</param>
    /// <param name="http">The request.</param>
    /// <param name="first">The values before anything was typed.</param>
    public FormState(string name, HttpContext http, IReadOnlyDictionary<string, StringValues>? first = null)
    {
        Name = name;
        _values = first is null ? [] : new Dictionary<string, StringValues>(first);
        if (!HttpMethods.IsPost(http.Request.Method) || !http.Request.HasFormContentType || http.Request.Form[Handler] != name) return;
        Posted = true;
        // A box that is not ticked is not posted: what was there at first does not count any more.
        _values.Clear();
        foreach (var (key, value) in http.Request.Form) _values[key] = value;
    }

    /// <summary>The form's name.</summary>
    public string Name { get; }

    /// <summary>Whether this request posts the form.</summary>
    public bool Posted { get; }

    /// <summary>A problem that belongs to no field of the form; null when there is none.</summary>
    public string? Problem { get; private set; }

    /// <summary>The language of <see cref="Problem"/>.</summary>
    public string? ProblemLanguage { get; private set; }

    /// <summary>Whether anything is wrong.</summary>
    public bool IsWrong => Problem is not null || _problems.Count > 0;

    /// <summary>What stands in a field, without spaces around it.</summary>
    public string Text(string field) => _values.TryGetValue(field, out var value) ? value.ToString().Trim() : "";

    /// <summary>Every value of a field that may have several.</summary>
    public IReadOnlyList<string> All(string field) => _values.TryGetValue(field, out var values) ? [.. values.OfType<string>()] : [];

    /// <summary>Whether a box is ticked.</summary>
    public bool Ticked(string field) => Text(field).Length > 0;

    /// <summary>What is wrong with a field; null when nothing is.</summary>
    public string? ProblemOf(string field) => _problems.TryGetValue(field, out var problem) ? problem.Text : null;

    /// <summary>The language of <see cref="ProblemOf"/>.</summary>
    public string? LanguageOf(string field) => _problems.TryGetValue(field, out var problem) ? problem.Language : null;

    /// <summary>Says what is wrong with a field.</summary>
    internal void Wrong(string field, string text, string language) => _problems[field] = (text, language);

    /// <summary>Shows what the register found wrong, at its field where the form has it.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="words">The user's language.</param>
    /// <param name="fields">The form's fields, as the register calls them.</param>
    internal void Show(ApiProblem problem, Words words, IEnumerable<string> fields)
    {
        var (text, language) = ProblemWords.In(words, problem);
        if (fields.FirstOrDefault(problem.IsAbout) is { } field) Wrong(field, text, language);
        else (Problem, ProblemLanguage) = (text, language);
    }
}
