using System.Text.RegularExpressions;

namespace KioskLink.Tidy.Reading;

public sealed class DeclarationsTests
{
    [Fact]
    public void Comments_strings_and_characters_are_no_code()
    {
        const string Source = """
            a("{"); // }
            b('{', '\'', @"\", "\"{"); /* { */
            c($"{d("}")}{{", $@"{e}"" {{");
            """;

        var code = CSharpText.CodeOf(Source);

        Assert.Equal(Source.Length, code.Length);
        Assert.Equal(["a( );", "b( , , , );", "c( , );"], code.Split('\n').Select(line => Regex.Replace(line, " +", " ").TrimEnd()));
    }

    [Fact]
    public void Raw_strings_are_no_code() =>
        Assert.Equal("a(" + new string(' ', 16) + ");", CSharpText.CodeOf("a(\"\"\" { \"x\" // \"\"\");"));

    [Fact]
    public void A_method_is_measured_from_its_header_to_its_brace_without_attributes_and_comments()
    {
        const string Source = """
            namespace A;

            /// <summary>A class.</summary>
            public sealed class B<T>(int c) : D where T : class
            {
                private readonly int _e = new F { G = 1 }.H;

                // Why it is so.
                [Fact]
                [InlineData("}")]
                public void I<U>(int j = 1)
                    where U : struct
                {
                    if (j == 1) { K(); }
                }

                public int L { get; } = 3;

                public static bool operator ==(B<T> m, B<T> n) => m.O == n.O;
            }
            """;

        Assert.Equal(
            [
                new Declaration("public void I<U>(int j = 1) where U : struct", false, 11, 5),
                new Declaration("public int L", false, 17, 1),
                new Declaration("public static bool operator", false, 19, 1),
                new Declaration("public sealed class B<T>(int c) : D where T : class", true, 4, 17),
            ],
            Declarations.In(Source));
    }

    [Fact]
    public void Types_inside_types_and_without_bodies_are_found()
    {
        const string Source = """
            namespace A
            {
                internal record struct B(int C);
                internal enum D { E = 1, F }
                internal class G { internal class H { int I() => 1; } }
            }
            """;

        Assert.Equal(
            ["internal record struct B(int C)", "internal enum D", "int I()", "internal class H", "internal class G"],
            Declarations.In(Source).Select(found => found.Header));
    }

    [Fact]
    public void Top_level_statements_count_as_one_member()
    {
        const string Source = """
            using A;
            using B = C.D;

            var e = F(args);
            if (e == 1)
            {
                G();
            }

            return 0;
            """;

        Assert.Equal([new Declaration("top-level statements", false, 4, 7)], Declarations.In(Source));
    }
}
