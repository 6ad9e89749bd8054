"""spaCy's pipes, taken over for reading alone: what they write into docs stays the same and costs half of the time.

`tuning` loads a pipeline and puts ours in the place of those pipes whose layers, moves or rules are as ours take them
to be; every other pipe stays spaCy's. No pipe of ours learns: `kg.text.training` teaches the untouched pipeline.

    vectors       a token's vector (`tok2vec`): embedding, a row a word, then encoding, what its neighbours add;
                  maxout is the layer that both are made of. Layers and weights are those of spaCy's
                  `MultiHashEmbed` and `MaxoutWindowEncoder`.
    transitions   states to scores: the layers of spaCy's `TransitionBasedParser`, where what each token adds in each
                  place of a state is worked out beforehand (Chen and Manning 2014).
    attachment    the parser's moves, arc-eager (Nivre 2008), where later moves may mend earlier ones (Honnibal and
                  Johnson 2015); states are what they work on, those of all sentences side by side.
    recognition   the moves of the recogniser of names, BILUO (Ratinov and Roth 2009).
    lemmas        the lemmatizer, asked once a word with its part of speech and features.
    columns       what spaCy's docs say of their tokens, read and written as columns of numbers.
"""
