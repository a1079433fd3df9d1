"""
Full text: what is typed (`words`), how a table is indexed on both databases (`operations`,
`sqlite`), and how a query asks for it (`matches`).
"""
